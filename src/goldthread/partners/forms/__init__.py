"""What pages of who we are accept, a file for each noun."""

from goldthread.partners.forms.agreements import AdoptionForm, ConstitutionForm, TermsForm
from goldthread.partners.forms.brand import BrandForm
from goldthread.partners.forms.groups import DeputyForm, Ending, GroupChanges, GroupClosing, GroupForm, GroupRoleForm
from goldthread.partners.forms.organisations import NomineeForm, OrganisationChanges, OrganisationForm
from goldthread.partners.forms.people import ClosingForm, PasswordForm, PersonChanges, PersonForm, RoleForm

__all__ = [
    "AdoptionForm",
    "BrandForm",
    "ClosingForm",
    "ConstitutionForm",
    "DeputyForm",
    "Ending",
    "GroupChanges",
    "GroupClosing",
    "GroupForm",
    "GroupRoleForm",
    "NomineeForm",
    "OrganisationChanges",
    "OrganisationForm",
    "PasswordForm",
    "PersonChanges",
    "PersonForm",
    "RoleForm",
    "TermsForm",
]
