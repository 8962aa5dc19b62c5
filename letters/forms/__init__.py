from letters.forms.amending import AmendForm
from letters.forms.arranging import ArrangementForm
from letters.forms.commenting import CommentForm, PositionForm, TakeBackForm
from letters.forms.consulting import AnswerForm, BeginConsultationForm, ExtendConsultationForm, InviteForm
from letters.forms.delivering import DeliveryForm
from letters.forms.freezing import FreezeForm
from letters.forms.look import LookForm
from letters.forms.noting import AcknowledgeForm, BounceForm, HandOverForm
from letters.forms.replying import ReplyForm
from letters.forms.revising import NameForm
from letters.forms.rules import RulesForm
from letters.forms.starting import LikeForm, PasteForm, RecognizedForm
from letters.forms.timetable import ReopenForm, TimetableForm
from letters.forms.translating import AddTextForm, TranslationForm
from letters.forms.writing import NewLetterForm, Recipients, WriteForm

__all__ = [
    "AcknowledgeForm",
    "AddTextForm",
    "AmendForm",
    "AnswerForm",
    "ArrangementForm",
    "BeginConsultationForm",
    "BounceForm",
    "CommentForm",
    "DeliveryForm",
    "ExtendConsultationForm",
    "FreezeForm",
    "HandOverForm",
    "InviteForm",
    "LikeForm",
    "LookForm",
    "NameForm",
    "NewLetterForm",
    "PasteForm",
    "PositionForm",
    "Recipients",
    "RecognizedForm",
    "ReopenForm",
    "ReplyForm",
    "RulesForm",
    "TakeBackForm",
    "TimetableForm",
    "TranslationForm",
    "WriteForm",
]
