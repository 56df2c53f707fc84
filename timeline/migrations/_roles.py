"""The groups of the desk and their rights, as migrations 0028 and 0031 make them."""

from typing import Any

GROUPS = ("Contributors", "Editors", "Publishers")
PUBLISHABLE = ("article", "event", "quote", "timeline")
# The models whose rows somebody at the desk adds, changes, deletes or views
MODELS = (
    *("actor", "alias", "article", "batch", "candidate", "candidatereport", "correction"),
    *("decision", "draft", "draftarticle", "event", "feed", "outlet", "participation", "place", "placealias"),
    *("quote", "report", "role", "suggestion", "timeline"),
)
# What comes from readers: editors decide on it, and nobody at the desk adds any
REMARKS = ("change_remark", "delete_remark")
CONTRIBUTES = ("add_article", "add_suggestion", "add_draft", "change_draft")


def rights_of(group: str) -> list[str]:
    """Return the codenames of the rights of a group."""
    seen = [f"view_{model}" for model in (*MODELS, "remark")]
    if group == "Contributors":
        return [*seen, *CONTRIBUTES]
    decided = [f"{do}_{model}" for model in MODELS for do in ("add", "change", "delete")]
    published = [f"publish_{model}" for model in PUBLISHABLE]
    return [*seen, *decided, *REMARKS, *(published if group == "Publishers" else ())]


def permission(apps: Any, alias: str, codename: str) -> Any:
    """Return a permission. Django makes the missing ones only after all migrations, so make it."""
    do, model = codename.split("_", 1)
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    kind, _ = types.get_or_create(app_label="timeline", model=model)
    named = apps.get_model("timeline", model)._meta.verbose_name
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    found, _ = permissions.get_or_create(
        content_type_id=kind.pk, codename=codename, defaults={"name": f"Can {do} {named}"}
    )
    return found


def give_roles(apps: Any, schema_editor: Any) -> None:
    """Make the groups. Whoever could publish until now, by any group or right, still can."""
    alias = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(alias)
    users = apps.get_model("auth", "User").objects.using(alias)
    for model in PUBLISHABLE:
        publish = permission(apps, alias, f"publish_{model}")
        change = permission(apps, alias, f"change_{model}")
        for group in groups.filter(permissions=change).exclude(name__in=GROUPS):
            group.permissions.add(publish)
        for user in users.filter(user_permissions=change):
            user.user_permissions.add(publish)
    decides = permission(apps, alias, "change_event")
    until_now = list(users.filter(groups__name__in=GROUPS, groups__permissions=decides).distinct())
    for name in GROUPS:
        group, _ = groups.get_or_create(name=name)
        rights = (code for code in rights_of(name) if _has_model(apps, code))
        group.permissions.add(*(permission(apps, alias, code) for code in rights))
        if name == "Publishers":
            group.user_set.add(*until_now)


def _has_model(apps: Any, codename: str) -> bool:
    """Whether the model of a right is there in the state of a migration."""
    return codename.split("_", 1)[1] in apps.all_models["timeline"]


def take_roles(apps: Any, schema_editor: Any) -> None:
    """Go back to editors who do everything: publishers are among them, contributors stay."""
    alias = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(alias)
    users = apps.get_model("auth", "User").objects.using(alias)
    editors, _ = groups.get_or_create(name="Editors")
    editors.user_set.add(*users.filter(groups__name="Publishers"))
    groups.filter(name="Publishers").delete()
    codes = [f"publish_{model}" for model in PUBLISHABLE]
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    permissions.filter(content_type__app_label="timeline", codename__in=codes).delete()


def give_remark_rights(apps: Any, schema_editor: Any) -> None:
    """Let the groups that are there see readers' remarks, and editors answer and delete them."""
    alias = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS):
        rights = (code for code in rights_of(group.name) if code.endswith("_remark"))
        group.permissions.add(*(permission(apps, alias, code) for code in rights))


def take_remark_rights(apps: Any, schema_editor: Any) -> None:
    """Take these rights out of the database, whoever holds them."""
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    of_remarks = {"content_type__app_label": "timeline", "content_type__model": "remark"}
    permissions.filter(**of_remarks).delete()
