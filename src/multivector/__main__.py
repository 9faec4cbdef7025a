"""`python -m multivector` is the command line."""

from multivector.desk.cli import main

main()
