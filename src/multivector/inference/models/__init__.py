"""Models that stand beside the baselines in the hindcast, one idea a file."""
