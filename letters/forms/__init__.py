from letters.forms.timetable import ReopenForm, TimetableForm
from letters.forms.writing import NewLetterForm, Recipients, WriteForm

__all__ = ["NewLetterForm", "Recipients", "ReopenForm", "TimetableForm", "WriteForm"]
