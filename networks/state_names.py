"""What the states and territories are called that a practice may lie in, by their two letters."""

_NAMES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
DC the District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas
KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri
MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina
ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota
TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming
AS American Samoa|GU Guam|MP the Northern Mariana Islands|PR Puerto Rico|VI the U.S. Virgin Islands
"""
STATE_NAMES: dict[str, str] = {each[:2]: each[3:] for each in _NAMES.strip().replace("\n", "|").split("|")}


def state_name(state: str) -> str:
    """Return a state's name inside a sentence; its two letters where it is not known.

    >>> state_name("il"), state_name("DC")
    ('Illinois', 'the District of Columbia')
    """
    return STATE_NAMES.get(state.upper(), state)
