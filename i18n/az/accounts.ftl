accounts-menu = Hesablar
accounts-title = İşçilərin hesabları
accounts-open = Hesab aç
accounts-open-submit = Hesabı aç
accounts-close = Hesabı bağla
accounts-close-submit = Hesabı bağla
accounts-close-hint = Hesab dərhal bağlanır və açıq seansları bitir. Yazdıqları jurnalda qalır.
accounts-closed = bağlanıb
accounts-reason = Səbəb
accounts-name = Ad və soyad
accounts-name-hint = Hesab yalnız bir şəxsə məxsusdur
accounts-login-hint = Latın hərfləri, rəqəmlər, nöqtə və defis
accounts-password-hint = Ən azı 15 işarə; bir neçə sözdən ibarət cümlə yaxşıdır
accounts-role = Vəzifə
accounts-every-role = bütün vəzifələr
accounts-show = Göstər
accounts-home = Qurum
accounts-offices = Neçə qurumu görür
accounts-state = Vəziyyət
accounts-count = { $count ->
    [one] { $shown } hesab
   *[other] { $shown } hesab
}
accounts-error-login = Yalnız latın hərfləri, rəqəmlər, nöqtə və defis yazın
accounts-error-taken = Bu istifadəçi adı artıq var. Başqasını seçin
accounts-error-own = Öz hesabınızı bağlaya bilməzsiniz. Başqa inzibatçıya müraciət edin
accounts-password-short = Şifrə ən azı { $least } işarə olmalıdır
accounts-password-common = Bu şifrəni çoxları seçir. Başqasını yazın
accounts-password-personal = Şifrədə adınız və ya istifadəçi adınız olmasın
