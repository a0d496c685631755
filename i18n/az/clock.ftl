# Nümunənin saatı: proqramın gününü irəli çəkmək.
clock-title = Tarixi irəli çək
clock-today = Proqramda bu gün { $date } tarixidir.
clock-hint = Yalnız bu nümunədə mümkündür və hamıya aiddir. Saat geri qayıtmır. Günlər keçdikcə müddətlər bitir, növbəti işlər görünür.
clock-by = Nə qədər irəli?
clock-by-day = 1 gün
clock-by-week = 1 həftə
clock-by-month = 1 ay
clock-by-half-year = 6 ay
clock-by-year = 1 il
clock-by-date = Aşağıdakı tarixə qədər
clock-to = Tarix
clock-to-hint = Yalnız «Aşağıdakı tarixə qədər» seçilibsə. Məsələn: 15 3 2025
clock-submit = İrəli çək
clock-error-back = Saat yalnız irəli gedir. Bu gündən sonrakı tarixi seçin
clock-error-far = Bir dəfəyə ən çoxu { $years } il irəli getmək olar. İli yoxlayın
