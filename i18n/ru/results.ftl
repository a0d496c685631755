results-menu = Результаты
results-title = Результаты
results-table = Показатели
results-as-of = На { $date } с учётом записанного до { $known }.
results-as-of-day = На дату
results-known-on = Записанное до
results-show = Показать
results-indicator = Показатель
results-value = Значение
results-target = Цель
results-target-is = цель { $target }
results-parts = Числитель / знаменатель
results-numerator = Числитель
results-denominator = Знаменатель
results-days = { $count ->
    [one] { $shown } день
    [few] { $shown } дня
   *[other] { $shown } дней
}
results-open-cases = Дела за этим числом
results-by-sex = По полу
results-by-group = По группам
results-by-region = По экономическим районам
results-by-direction = По направлениям
results-cut-sex = Пол
results-cut-group = Группа
results-cut-region = Экономический район
results-cut-direction = Направление
results-groups-overlap = Человек может входить в несколько групп: их сумма больше общего числа.
results-no-group = без группы
results-cases = Дела за числом
results-cases-count = { $count ->
    [one] { $shown } дело
    [few] { $shown } дела
   *[other] { $shown } дел
}
results-counted-on = Учтено с
results-beside-p90 = 90-й процентиль
results-beside-due = Достигли 24 месяцев
results-beside-in-business = работают
results-beside-ended = прекратили
results-beside-unreachable = связаться не удалось
results-beside-not-visited = не посещены
results-beside-deceased = умерли
results-beside-low-bound = Нижняя граница, %
results-beside-km-6m = Каплан–Мейер, 6 месяцев, %
results-beside-km-6m-low = 6 месяцев, нижняя (95 %)
results-beside-km-6m-high = 6 месяцев, верхняя (95 %)
results-beside-km-12m = Каплан–Мейер, 12 месяцев, %
results-beside-km-12m-low = 12 месяцев, нижняя (95 %)
results-beside-km-12m-high = 12 месяцев, верхняя (95 %)
results-beside-km-24m = Каплан–Мейер, 24 месяца, %
results-beside-km-24m-low = 24 месяца, нижняя (95 %)
results-beside-km-24m-high = 24 месяца, верхняя (95 %)
results-beside-margin = Погрешность, п.п. (95 %)
results-by-supplier = По поставщикам
results-cut-supplier = Поставщик
results-brings = По этому делу
results-beside-waiting = ещё ждут
results-beside-refused = план отклонён
results-beside-left = выбыли из программы
results-without-case = Жалобы, не относящиеся ни к одному делу, здесь не показаны.
results-all-grievances = Все жалобы
results-error-grouping = Такой группировки нет: выберите пол, группу, экономический район или направление.
results-error-grouping-next = Разбивка в адресе неизвестна. Вернитесь и выберите из списка.
results-error-stage = Такого шага нет: выберите один из шагов на странице прогноза.
results-error-stage-next = Этап в адресе неизвестен. Вернитесь и выберите из списка.
