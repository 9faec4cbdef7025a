"""The stages of a build, a file each: array functions over `[..., u, i]`, and the step that logs."""
