# The demo's clock: moving the programme's day forward.
clock-title = Move the date forward
clock-today = In the programme today is { $date }.
clock-hint = This is possible in this demo only and holds for everybody. The clock never goes back. As days pass, terms end and the next tasks appear.
clock-by = How far forward?
clock-by-day = 1 day
clock-by-week = 1 week
clock-by-month = 1 month
clock-by-half-year = 6 months
clock-by-year = 1 year
clock-by-date = To the date below
clock-to = Date
clock-to-hint = Only if “To the date below” is chosen. For example: 15 3 2025
clock-submit = Move forward
clock-error-back = The clock only goes forward. Choose a date after today
clock-error-far = One step goes { $years } years at most. Check the year
