accounts-menu = Accounts
accounts-title = Staff accounts
accounts-open = Open an account
accounts-open-submit = Open the account
accounts-close = Close the account
accounts-close-submit = Close the account
accounts-close-hint = The account closes at once and its sessions end. What it recorded stays in the journal.
accounts-closed = closed
accounts-reason = Reason
accounts-name = Name
accounts-name-hint = An account belongs to one person only
accounts-login-hint = Latin letters, digits, dots and hyphens
accounts-password-hint = At least 15 characters; a sentence of several words is good
accounts-role = Role
accounts-every-role = every role
accounts-show = Show
accounts-home = Office
accounts-offices = Offices in reach
accounts-state = State
accounts-count = { $count ->
    [one] { $shown } account
   *[other] { $shown } accounts
}
accounts-error-login = Use only Latin letters, digits, dots and hyphens
accounts-error-taken = This login is taken. Choose another one
accounts-error-own = You cannot close your own account. Ask another administrator
accounts-password-short = The password must have at least { $least } characters
accounts-password-common = Many people choose this password. Write another one
accounts-password-personal = The password must not hold your name or login
