"""multivector: a region's geopolitics, executable."""

__version__ = "0.1.0"
