"""Who may do what at the desk: the rights that an action takes, each asked for in one place."""

from timeline.admin.generics import AnyUser
from timeline.models.history import Kept, kept_models
from timeline.models.reverting import WayBack


def may_revert(user: AnyUser, way: WayBack) -> bool:
    """Whether the user may change, add and delete what the way back does, of parts as well."""
    return user.has_perms({part.right for part in way.parts})


def kinds_seen(user: AnyUser) -> list[type[Kept]]:
    """The kinds of records whose history the user may see: those that the user may view."""
    kinds = sorted(kept_models(), key=lambda one: one.__name__)
    return [one for one in kinds if user.has_perm(f"timeline.view_{one._meta.model_name}")]
