"""Draws from a posterior by NumPyro's no-U-turn sampler, compiled once for a model and a shape of data.

Origins of a hindcast differ in their data alone. The whole run (warm-up, draws, transforms) is one
compiled function of data and key, so that the second origin costs what its arithmetic costs.
Source: Hoffman & Gelman 2014, J. Machine Learning Research 15:1593-1623.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import ComputationError

Draws = dict[str, NDArray[np.float64]]
WARMUP = 250
TARGET_ACCEPTANCE = 0.8
DEEPEST = 6  # doublings of a trajectory; posteriors here need three or four


def posterior(
    model: Callable[..., None], data: tuple[NDArray[Any], ...], draws: int, seed: int, warmup: int = WARMUP
) -> Draws:
    """Draws [k, ...] of every site of a NumPyro model, its deterministic sites included; in float64.

    Every chain starts from zero in the unconstrained space, so that a result depends on data and seed
    only. Raises ComputationError where a draw is not finite.
    """
    import jax
    import jax.numpy as jnp

    with jax.enable_x64(True):
        arrays = tuple(jnp.asarray(array) for array in data)
        shapes = tuple((array.shape, str(array.dtype)) for array in arrays)
        run = _compiled(model, shapes, draws, warmup)
        sites = {name: np.asarray(site, float) for name, site in run(jax.random.key(seed), *arrays).items()}
    broken = sorted(name for name, site in sites.items() if not np.isfinite(site).all())
    if broken:
        raise ComputationError(
            f"the posterior of {', '.join(broken)} is not finite",
            where=f"model {model.__name__}",
            repair="look for values in the data that are not finite, or for series that never change",
        )
    return sites


@functools.lru_cache(maxsize=16)
def _compiled(model: Callable[..., None], shapes: tuple[Any, ...], draws: int, warmup: int) -> Any:
    import jax
    import jax.numpy as jnp
    from numpyro.infer.hmc import hmc
    from numpyro.infer.util import initialize_model

    blank = tuple(jnp.zeros(shape, dtype) for shape, dtype in shapes)
    info = initialize_model(jax.random.key(0), model, model_args=blank, dynamic_args=True)
    start = jax.tree.map(jnp.zeros_like, info.param_info.z)

    def run(key: Any, *arrays: Any) -> Any:
        init, step = hmc(potential_fn_gen=info.potential_fn, algo="NUTS")
        state = init(
            start,
            warmup,
            target_accept_prob=TARGET_ACCEPTANCE,
            max_tree_depth=DEEPEST,
            rng_key=key,
            model_args=arrays,
        )

        def move(state: Any, _: None) -> Any:
            state = step(state, model_args=arrays)
            return state, state.z

        # one loop for both phases: the sampler is the costly part to compile
        _, visited = jax.lax.scan(move, state, None, length=warmup + draws)
        kept = jax.tree.map(lambda site: site[warmup:], visited)
        return jax.vmap(info.postprocess_fn(*arrays))(kept)

    return jax.jit(run)
