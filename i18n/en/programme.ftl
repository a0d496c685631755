programme-answer-missing = Fill in this field
programme-answer-too-long = The text is too long. Write at most { $longest } characters
programme-answer-not-a-number = Write a whole number
programme-answer-out-of-range = Write a number from { $min } to { $max }
programme-answer-money-out-of-range = Write an amount from { $min } to { $max } manat
programme-answer-not-a-date = Write a correct date
programme-answer-not-a-choice = Choose one of the answers in the list
