programme-answer-missing = Bu sahəni doldurun
programme-answer-too-long = Mətn çox uzundur. Ən çoxu { $longest } işarə yazın
programme-answer-not-a-number = Tam ədəd yazın
programme-answer-out-of-range = { $min } ilə { $max } arasında ədəd yazın
programme-answer-money-out-of-range = { $min } ilə { $max } manat arasında məbləğ yazın
programme-answer-not-a-date = Tarixi düzgün yazın
programme-answer-not-a-choice = Siyahıdakı cavablardan birini seçin
