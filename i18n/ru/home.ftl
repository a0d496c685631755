home-title = Мои задачи
home-menu = Мои задачи
home-empty = Ничего не ждёт
home-task = Задача
home-about = Кто или что
home-since = С какого дня
home-due = Срок
home-overdue = просрочено
home-count = { $count ->
    [one] { $shown } задача ждёт
    [few] { $shown } задачи ждут
   *[other] { $shown } задач ждут
}
home-entrance = Что вы хотите посмотреть?
