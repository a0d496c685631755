results-menu = Results
results-title = Results
results-table = Indicators
results-as-of = As of { $date }, with what was recorded by { $known }.
results-as-of-day = As of
results-known-on = Recorded by
results-show = Show
results-indicator = Indicator
results-value = Value
results-target = Target
results-target-is = target { $target }
results-parts = Numerator / denominator
results-numerator = Numerator
results-denominator = Denominator
results-days = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
}
results-open-cases = The cases behind this number
results-by-sex = By sex
results-by-group = By group
results-by-region = By region
results-by-direction = By direction
results-cut-sex = Sex
results-cut-group = Group
results-cut-region = Region
results-cut-direction = Direction
results-groups-overlap = One person may belong to several groups: they add up to more than the total.
results-no-group = no group
results-cases = The cases behind the number
results-cases-count = { $count ->
    [one] { $shown } case
   *[other] { $shown } cases
}
results-counted-on = Counted on
results-beside-p90 = 90th percentile
results-beside-due = Due at 24 months
results-beside-in-business = in business
results-beside-ended = ended
results-beside-unreachable = unreachable
results-beside-not-visited = not visited
results-beside-deceased = deceased
results-beside-low-bound = Low bound, per cent
results-beside-km-6m = Kaplan–Meier, 6 months, per cent
results-beside-km-6m-low = 6 months, low (95 %)
results-beside-km-6m-high = 6 months, high (95 %)
results-beside-km-12m = Kaplan–Meier, 12 months, per cent
results-beside-km-12m-low = 12 months, low (95 %)
results-beside-km-12m-high = 12 months, high (95 %)
results-beside-km-24m = Kaplan–Meier, 24 months, per cent
results-beside-km-24m-low = 24 months, low (95 %)
results-beside-km-24m-high = 24 months, high (95 %)
results-beside-margin = Margin of error, points (95 %)
results-by-supplier = By supplier
results-cut-supplier = Supplier
results-brings = In this case
results-beside-waiting = still waiting
results-beside-refused = plan refused
results-beside-left = left the programme
results-without-case = Grievances that are about no case are not shown here.
results-all-grievances = All grievances
results-error-grouping = There is no such grouping: choose sex, group, region or direction.
results-error-grouping-next = The grouping in the address is not known. Go back and choose from the list.
results-error-stage = There is no such step: choose one of the steps on the forecast's page.
results-error-stage-next = The stage in the address is not known. Go back and choose from the list.
