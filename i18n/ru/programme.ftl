programme-answer-missing = Заполните это поле
programme-answer-too-long = Текст слишком длинный. Напишите не более { $longest } знаков
programme-answer-not-a-number = Напишите целое число
programme-answer-out-of-range = Напишите число от { $min } до { $max }
programme-answer-money-out-of-range = Напишите сумму от { $min } до { $max } манатов
programme-answer-not-a-date = Напишите правильную дату
programme-answer-not-a-choice = Выберите один из ответов в списке
