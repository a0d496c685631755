home-title = Tapşırıqlarım
home-menu = Tapşırıqlarım
home-empty = Gözləyən iş yoxdur
home-task = Tapşırıq
home-about = Kim və ya nə
home-since = Nə vaxtdan
home-due = Son tarix
home-overdue = gecikib
home-count = { $count ->
    [one] { $shown } tapşırıq gözləyir
   *[other] { $shown } tapşırıq gözləyir
}
home-entrance = Nəyə baxmaq istəyirsiniz?
