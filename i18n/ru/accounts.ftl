accounts-menu = Учётные записи
accounts-title = Учётные записи сотрудников
accounts-open = Открыть учётную запись
accounts-open-submit = Открыть
accounts-close = Закрыть учётную запись
accounts-close-submit = Закрыть
accounts-close-hint = Запись закрывается сразу, сеансы завершаются. Сделанные записи остаются в журнале.
accounts-closed = закрыта
accounts-reason = Причина
accounts-name = Имя и фамилия
accounts-name-hint = Учётная запись принадлежит одному человеку
accounts-login-hint = Латинские буквы, цифры, точка и дефис
accounts-password-hint = Не меньше 15 знаков; хорошо подходит фраза из нескольких слов
accounts-role = Роль
accounts-every-role = все роли
accounts-show = Показать
accounts-home = Подразделение
accounts-offices = Доступно подразделений
accounts-state = Состояние
accounts-count = { $count ->
    [one] { $shown } запись
    [few] { $shown } записи
   *[other] { $shown } записей
}
accounts-error-login = Только латинские буквы, цифры, точка и дефис
accounts-error-taken = Это имя уже занято. Выберите другое
accounts-error-own = Нельзя закрыть свою запись. Обратитесь к другому администратору
accounts-password-short = В пароле должно быть не меньше { $least } знаков
accounts-password-common = Такой пароль выбирают многие. Придумайте другой
accounts-password-personal = В пароле не должно быть вашего имени
