/** A few members of the Faster Payments System, for `fps/banks` (SDK: the shape of an entry). */
export const FPS_BANKS = [
  { id: '100000000111', eng_name: 'Sberbank', ru_name: 'Сбербанк' },
  { id: '100000000004', eng_name: 'T-Bank', ru_name: 'Т-Банк' },
  { id: '100000000005', eng_name: 'VTB', ru_name: 'ВТБ' },
  { id: '100000000008', eng_name: 'Alfa-Bank', ru_name: 'Альфа-Банк' },
] as const;
