people-menu = Люди
people-title = Люди
people-search = Найти человека
people-search-hint = Фамилия, имя или отчество; Şəki, Sheki и Шеки находят одно и то же
people-search-go = Искать
people-register = Зарегистрировать человека
people-register-submit = Зарегистрировать
people-count = { $count ->
    [one] { $shown } человек
    [few] { $shown } человека
   *[other] { $shown } человек
}
people-name = Фамилия, имя, отчество
people-surname = Фамилия
people-given-name = Имя
people-patronymic = Отчество
people-patronymic-hint = без слов «оглы» и «кызы»
people-sex = Пол
people-sex-f = Женщина
people-sex-m = Мужчина
people-birth-date = Дата рождения
people-registered-on = Дата регистрации
people-fin = ПИН
people-fin-hint = 7 знаков на удостоверении личности
people-phone = Телефон
people-phone-hint = Например, 050 123 45 67
people-address = Адрес
people-consent = Согласие
people-consent-given = Человек согласен на обработку своих данных
people-error-age = Для регистрации нужно не меньше 15 лет
people-error-fin = В ПИН 7 знаков: цифры и латинские буквы, кроме I и O
people-error-phone = Проверьте номер телефона, например 050 123 45 67
