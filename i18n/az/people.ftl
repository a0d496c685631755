people-menu = Şəxslər
people-title = Şəxslər
people-search = Şəxsi axtarın
people-search-hint = Soyad, ad və ya ata adı; Şəki, Sheki və Шеки eyni nəticəni verir
people-search-go = Axtar
people-register = Şəxsi qeydiyyata al
people-register-submit = Qeydiyyata al
people-count = { $count ->
    [one] { $shown } şəxs
   *[other] { $shown } şəxs
}
people-name = Soyad, ad, ata adı
people-surname = Soyad
people-given-name = Ad
people-patronymic = Atasının adı
people-patronymic-hint = oğlu və ya qızı sözü olmadan
people-sex = Cins
people-sex-f = Qadın
people-sex-m = Kişi
people-birth-date = Doğum tarixi
people-registered-on = Qeydiyyat tarixi
people-fin = FİN
people-fin-hint = Şəxsiyyət vəsiqəsindəki 7 işarə
people-phone = Telefon
people-phone-hint = Məsələn, 050 123 45 67
people-address = Ünvan
people-consent = Razılıq
people-consent-given = Şəxs məlumatlarının işlənməsinə razıdır
people-error-age = Qeydiyyat üçün ən azı 15 yaş lazımdır
people-error-fin = FİN 7 işarədir: rəqəmlər və I, O hərflərindən başqa latın hərfləri
people-error-phone = Telefon nömrəsini yoxlayın, məsələn 050 123 45 67
