"""Models with a likelihood, fitted by NumPyro at every origin of the hindcast, one idea a file."""
