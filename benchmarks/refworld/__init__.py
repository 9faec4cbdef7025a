"""RefWorld: a small world with the shape of the engine's step, for timing engines against one another.

Its parameters are made up and claim nothing about any state.
"""
