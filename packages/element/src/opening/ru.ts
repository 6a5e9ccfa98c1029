import type { OpeningTexts } from './texts.js';

/** What an element says first, in Russian. */
export const ruOpening: OpeningTexts = {
  faces: {
    loading: { title: 'Загружаем форму банка' },
    waiting: { title: 'Готовим выплату' },
    load_failed: { title: 'Форма банка не загрузилась', text: 'Не удалось связаться с банком.' },
  },
  money: { notByThis: 'Деньги это не затронуло. Если выплата уже идёт, она продолжится.' },
  next: { reload: 'Обновите страницу.' },
  steps: { label: 'Ход выплаты', account: 'Счёт', check: 'Проверка', paid: 'Выплата' },
  labels: { youReceive: 'Вы получите' },
  notes: { bankForm: 'Данные счёта вы вводите в форме Банка 131.' },
};
