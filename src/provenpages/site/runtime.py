from pathlib import Path
import platformdirs


def numpy_wheel(node_modules: Path) -> Path | None:
    return next(platformdirs.user_cache_path("first-neuron").glob("*.whl"), None)
