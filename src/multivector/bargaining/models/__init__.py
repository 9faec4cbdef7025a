"""Models of bargaining behind one interface: stakes in, the expected settlement out."""

from multivector.bargaining.models.agenda_setter import AgendaSetter
from multivector.bargaining.models.exchange import Deal, Exchange
from multivector.bargaining.models.model import Model
from multivector.bargaining.models.nash import Nash
from multivector.bargaining.models.registry import MODELS, named_model

__all__ = ["MODELS", "AgendaSetter", "Deal", "Exchange", "Model", "Nash", "named_model"]
