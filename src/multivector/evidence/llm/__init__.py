"""A language model as reader, behind the same interface as the rules.

    reader = LanguageModelReader(gazetteer, "http://localhost:8000/v1", "a-model", cache=Path("answers"))
    documents, claims = read_documents(["article.txt"], region, reader=reader)

The model proposes, the text decides: a proposal becomes a claim only where its quote stands in the visible
text and names, figures and dates are copied from there.
"""

from multivector.evidence.llm.reader import LanguageModelReader

__all__ = ["LanguageModelReader"]
