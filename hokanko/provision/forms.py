"""The 映像ファイル提供依頼書 on the screen, and what the receiving unit adds to it.

What the form demands, the rulebook demands: a field left empty reaches the verb, which refuses it
with its article. Only what cannot be read at all is stopped here.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hokanko import clock
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.footage.queries import footage as find_footage
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import holders
from hokanko.provision.actions import MEDIUM, STILL, Form
from hokanko.provision.models import Provision
from hokanko.provision.queries import candidates
from hokanko.rules.decide import adopted_book
from hokanko.web_free import speak
