people-menu = People
people-title = People
people-search = Find a person
people-search-hint = Surname, name or patronymic; Şəki, Sheki and Шеки find the same
people-search-go = Search
people-register = Register a person
people-register-submit = Register
people-count = { $count ->
    [one] { $shown } person
   *[other] { $shown } people
}
people-name = Surname, name, patronymic
people-surname = Surname
people-given-name = Given name
people-patronymic = Patronymic
people-patronymic-hint = without oğlu or qızı
people-sex = Sex
people-sex-f = Woman
people-sex-m = Man
people-birth-date = Date of birth
people-registered-on = Registered on
people-fin = FİN
people-fin-hint = The 7 characters on the identity card
people-phone = Phone
people-phone-hint = For example, 050 123 45 67
people-address = Address
people-consent = Consent
people-consent-given = The person agrees that their data are processed
people-error-age = One must be at least 15 to be registered
people-error-fin = A FİN has 7 characters: digits and Latin letters other than I and O
people-error-phone = Check the phone number, for example 050 123 45 67
