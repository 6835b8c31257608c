"""Planted identifiers for tests: made by their rules, for nobody; and ordinary council papers that hold none."""

import random
from datetime import date

from readiness.domain.identifiers import CHECK_LETTERS, is_nhs_number

DAY = date(2021, 4, 26)


def upn_of(digits: str, last: str = "") -> str:
    """Return the unique pupil number that 12 digits make, or 11 and a letter (a temporary one)."""
    values = [*map(int, digits), *([CHECK_LETTERS.index(last)] if last else [])]
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return f"{CHECK_LETTERS[total % 23]}{digits}{last}"


def nhs_number_of(digits: str) -> str | None:
    """Return the NHS number that nine digits make; None where the check digit would be 10."""
    check = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
    return None if check == 10 else f"{digits}{check}"


def some_upn(chance: random.Random) -> str:
    """Return a valid unique pupil number, a temporary one now and then."""
    if chance.random() < 0.2:
        return upn_of(f"{chance.randrange(10**11):011}", chance.choice(CHECK_LETTERS))
    return upn_of(f"{chance.randrange(10**12):012}")


def some_nhs_number(chance: random.Random) -> str:
    """Return ten digits with the right check digit."""
    while (made := nhs_number_of(f"{chance.randrange(10**9):09}")) is None:
        pass
    return made


def wrong_upn(chance: random.Random) -> str:
    """Return a unique pupil number whose check letter is another."""
    right = some_upn(chance)
    return chance.choice(CHECK_LETTERS.replace(right[0], "")) + right[1:]


def wrong_nhs_number(chance: random.Random) -> str:
    """Return ten digits whose check digit is wrong."""
    while is_nhs_number(made := f"{chance.randrange(10**10):010}"):
        pass
    return made


def written_upn(chance: random.Random, upn: str) -> str:
    """Return a unique pupil number as somebody may write it."""
    letter, rest = upn[0], upn[1:]
    ways = (
        upn, upn, upn, upn.lower(), f"{letter} {rest}", f"{letter}{rest[:3]} {rest[3:7]} {rest[7:]}",
        f"{letter} {rest[:3]} {rest[3:7]} {rest[7:9]} {rest[9:]}", f"{upn[:4]} {upn[4:8]} {upn[8:]}",
        f"{letter}{rest[:6]}\u00a0{rest[6:]}",
    )  # fmt: skip
    return chance.choice(ways)


def written_nhs_number(chance: random.Random, number: str) -> str:
    """Return an NHS number as somebody may write it."""
    parts = (number[:3], number[3:6], number[6:])
    return chance.choice((number, number, " ".join(parts), "-".join(parts), "\u00a0".join(parts)))


SENTENCES = (
    "The review on 12 March 2021 found that {} needs a new plan.",
    "Spoke to the school about {} – see the notes.",
    "{}",
    "({})",
    "“{}”, as recorded;",
    "Minute 45: {} to be followed up by the Head of SEND by 30 April 2021.",
    "id={}&page=2",
    "plan_{}_final.docx",
    '{{"child": "{}", "year": 2021}}',
    "<td>{}</td>",
    "In 2021 {} moved; in 2020 nobody did.",
    "School 856/4012, {}, tel 0116 454 6350.",
    "Telephone 0116 454 6350 (school). The pupil is {}, who lives in LE1 1FZ.",
    "\n\n   {}\n",
    "Name\tNumber\tYear\nPupil\t{}\t9\n",
    "| Pupil | {} | 2021 |\n|---|---|---|",
    "1,{},2021-03-12,£1200.50",
    "12;{};LE1 1FZ;",
    "Budget £1,234,567, invoice 4500123456, then {}.",
    "See https://example.org/papers/{}/plan.html for more.",
    "NHS no. {}; see above",
    "the number:{}.",
    "«{}» – naïve",
)
"""Where something may stand; every kind of text, each with one gap."""


def sentence_with(chance: random.Random, words: str) -> str:
    """Return a text that holds some words, among others."""
    return chance.choice(SENTENCES).format(words)


ORDINARY = """
Minutes of the meeting of the Children, Young People and Schools Scrutiny Commission held on Tuesday, 16 March 2021 at
5:30 pm
Present: Councillor (Chair), Councillor (Vice Chair), the Strategic Director Social Care and Education
45. DECLARATIONS OF INTEREST 46. MINUTES OF THE PREVIOUS MEETING held on 12 January 2021 (previously circulated)
Contact: Democratic Support, tel: 0116 454 6350, email democratic.support@example.gov.uk
For further information ring (0116) 454 6350 or 0116 4546350, mobile 07700 900123 or +44 7700 900123, minicom 01632
960001.
Childline 0800 1111; the NSPCC helpline 0808 800 5000; Crimestoppers 0800 555 111; outside the UK +44 (0)116 454 6350.
Switchboard 0116 454 1000 ext 37 2285. Fax: 0116-454-6350. London 020 7946 0958; Cardiff 029 2018 0001.
Report of the Director of Education and SEND, reference 2021/0034/CYPS, file ref: SEND/2021/03/12-v2, version 1.3
Ofsted URN 141234, unique reference number: 120345, UKPRN 10001234, DfE number 856/4012, establishment 8564012
Council tax base 2020/21: £4,512,300; grant £1,234,567.89; overspend £12.3m; DSG deficit £10,123,456; 4500000000 in all
Invoice 4500123456, purchase order no 4500987654, PO 4700012345, order ref: 4500111111, Invoices: 4500123450 and
4500123460
ISBN 978-1-4741-1234-5, ISBN 0140449132, ISSN 1234-5678. Charity 1098765, company no. 04512345, VAT number GB 123 4567
89
Planning application 20201234, application no: 2020123456, case 12-345, contract ref 2019000123
Postcodes: LE1 1FZ, LE2 0AA, NG1 5DT, B1 1BB, E10 6RT, SW1A 1AA. Grid SK 58747 04371. UPRN 2465012345, 10001234567
The inspection took place from 5 to 9 March 2018; letter published 14/05/2018; re-visit expected 2021-04-26 to
2021-05-21.
Between 01/09/2019 and 31/08/2020 there were 1,234 referrals, 64.2% within 24 hours, 0.1234567891 as a share.
Children born between 1 September 2016 and 31 August 2017 start school in September 2021.
Pupils born on or after 1 September 2009 transfer. Those born 1 April 2015 to 31 March 2016 do not.
The date of birth must be checked by 31 March 2021. Record the date of birth before 1 May 2021. Birth dates of all
pupils.
Age at 31 August 2020 and date of birth are required. The return is due on 12 March 2021; DOB missing in 12 of 1,345
rows.
Cllr Example-Smith 12/03/2021. Approved by the Director 01/04/2021. Signed: Jane Example 12/03/2019
Author: Thomas Example, 12/03/2020, version 2. Next review date: 12/03/2022. Jane Example to report back by 12/03/2021.
Charlotte Street Centre 12/03/2021. Scrutiny Commission 12/03/2021. Corporate Parenting Board 14/09/2020. SEND Board:
01/02/2021
Last updated 12/03/2021 10:45 by Jane Example. Printed 26/04/2021. Jane Example, 12 March 2019
GCSE results 2018 2019 2020: A 2018 2019 2020; Grade A 120 130 140 150; B 1 23 456; C 12 34 56 78 90 12
Term dates 2021/22: 31/08/2021 – 17/12/2021; 10/01/2022 – 08/04/2022; 25/04/2022 – 27/07/2022
P24 2021/22 S251 outturn; SEN2 2021; SSDA903; KS4 Attainment 8 46.2; OLA 12; table 3.2.12; para 4.1.3
https://www.gov.uk/government/publications/area-send-inspections-framework-and-handbook (accessed 12 March 2021)
Microsoft Teams: Conference ID: 123 456 789#; Zoom Meeting ID: 943 476 5919 Passcode: 123456; webinar ID 943-476-5919
SHA 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824; 550e8400-e29b-41d4-a716-446655440000
Bank: sort code 12-34-56, account number 12345678; IBAN GB33BUKB20201555555555; card ending 1234
"""
"""Lines as they stand in council papers: telephone numbers, references, sums, dates; nothing about a child."""

ORDINARY_ROWS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("Action", "Owner", "Due", "Status"), ("Publish the strategy", "Jane Example", "2021-03-12", "Complete")),
    (("Version", "Author", "Date", "Changes"), ("1.0", "Jane Example", "12/03/2019", "First issue")),
    (("1.0", "Jane Example", "12/03/2019", "First issue of the draft"),),
    (("Jane Example", "Head of SEND", "12/03/2021"),),
    (
        ("Name", "Role", "Telephone"),
        ("Jane Example", "Head of SEND", "7700900123"),
        ("Thomas Example", "", "1162546350"),
    ),
    (("Supplier", "Invoice number", "Amount"), ("A supplier", "4500123456", "1234567890.50")),
    (("School", "URN", "DfE number", "Postcode"), ("A primary school", "141234", "8564012", "LE1 1FZ")),
    (("Gender", "Ethnicity", "Number"), ("F", "White British", "1234"), ("M", "Indian", "1034")),
    (("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"),),  # headings without rows
    (("Date of birth range", "Pupils"), ("01/09/2010", "1234")),
    (("Quarter", "2018", "2019", "2020"), ("1", "943", "476", "5919")),
    (("Chair", "12/03/2021"), ("Council", "14/09/2020"), ("Jane Example", "Apologies")),
)
"""Tables as they stand in council papers."""
