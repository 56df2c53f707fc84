"""How hard the attacks try: little in `make test`, more with the ATTACK_SCALE of `make attack`."""

import os

SCALE = int(os.environ.get("ATTACK_SCALE", "1"))
# The seed of every random choice; another one tries other moments and other requests.
SEED = int(os.environ.get("ATTACK_SEED", "8"))
