"""How laws are searched here: as many cases as keep the suite quick, and no clock."""

from hypothesis import settings

settings.register_profile("indicators", deadline=None, max_examples=40)
settings.load_profile("indicators")
