from signatories.forms.choosing import (
    AgreeForm,
    AnswerForm,
    ChoiceForm,
    EndLinksForm,
    EraseForm,
    LinkForm,
    ObjectionForm,
    UnsubscribeForm,
    VouchForm,
    WithdrawForm,
)
from signatories.forms.correcting import CorrectionForm, VisibilityForm
from signatories.forms.importing import AddForm, ImportForm, PlaceForm, RowForm
from signatories.forms.individuals import IndividualForm, SentIndividualForm
from signatories.forms.news import NewsForm
from signatories.forms.organizations import SentForm, SignOnForm

__all__ = [
    "AddForm",
    "AgreeForm",
    "AnswerForm",
    "ChoiceForm",
    "CorrectionForm",
    "EndLinksForm",
    "EraseForm",
    "ImportForm",
    "IndividualForm",
    "LinkForm",
    "NewsForm",
    "ObjectionForm",
    "PlaceForm",
    "RowForm",
    "SentForm",
    "SentIndividualForm",
    "SignOnForm",
    "UnsubscribeForm",
    "VisibilityForm",
    "VouchForm",
    "WithdrawForm",
]
