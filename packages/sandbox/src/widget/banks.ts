/** A few banks by their BIK (public directory of the Bank of Russia), so that a recipient sees whose it is. */
export const BANKS: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  '044525225': { en: 'Sberbank', ru: 'Сбербанк' },
  '044525187': { en: 'VTB', ru: 'ВТБ' },
  '044525593': { en: 'Alfa-Bank', ru: 'Альфа-Банк' },
  '044525974': { en: 'T-Bank', ru: 'Т-Банк' },
  '044525823': { en: 'Gazprombank', ru: 'Газпромбанк' },
  '044525700': { en: 'Raiffeisenbank', ru: 'Райффайзенбанк' },
  '044525111': { en: 'Rosselkhozbank', ru: 'Россельхозбанк' },
  '049205131': { en: 'Bank 131', ru: 'Банк 131' },
};
