"""What Dateline remembers."""

from timeline.models.actors import Actor, Alias, FormerSlug, Place, PlaceAlias, Role
from timeline.models.apart import Apart
from timeline.models.articles import Article, Outlet
from timeline.models.batches import Batch, BatchItem
from timeline.models.candidate_reports import CandidateReport
from timeline.models.candidates import Candidate
from timeline.models.corrections import Correction
from timeline.models.decisions import Change, Decision
from timeline.models.drafts import Draft, DraftArticle
from timeline.models.event_imports import EventImport
from timeline.models.events import Event
from timeline.models.feeds import Feed, FeedEntry
from timeline.models.history import Line
from timeline.models.likeness import Likeness, TextBand
from timeline.models.merging import NotMergedError
from timeline.models.paragraphs import Paragraph
from timeline.models.participations import Participation
from timeline.models.quotes import Quote
from timeline.models.remarks import Remark
from timeline.models.reports import Report
from timeline.models.suggestions import AlreadyDecidedError, NotDecidedError, Suggestion
from timeline.models.timelines import Timeline
from timeline.models.undoing import NotUndoneError
from timeline.models.vocabulary import PLANS, Kind, Stance, Status

__all__ = [
    "PLANS",
    "Actor",
    "Alias",
    "AlreadyDecidedError",
    "Apart",
    "Article",
    "Batch",
    "BatchItem",
    "Candidate",
    "CandidateReport",
    "Change",
    "Correction",
    "Decision",
    "Draft",
    "DraftArticle",
    "Event",
    "EventImport",
    "Feed",
    "FeedEntry",
    "FormerSlug",
    "Kind",
    "Likeness",
    "Line",
    "NotDecidedError",
    "NotMergedError",
    "NotUndoneError",
    "Outlet",
    "Paragraph",
    "Participation",
    "Place",
    "PlaceAlias",
    "Quote",
    "Remark",
    "Report",
    "Role",
    "Stance",
    "Status",
    "Suggestion",
    "TextBand",
    "Timeline",
]
