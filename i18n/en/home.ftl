home-title = My work queue
home-menu = My work queue
home-empty = Nothing is waiting
home-task = Task
home-about = Who or what
home-since = Since
home-due = Due
home-overdue = overdue
home-count = { $count ->
    [one] { $shown } task is waiting
   *[other] { $shown } tasks are waiting
}
home-entrance = What would you like to look at?
