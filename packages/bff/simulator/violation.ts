/** What the last line counts. */
export type ViolationKind = 'paid_twice' | 'lost' | 'wrong' | 'stuck';

/** Something that must never happen, and did. */
export interface Violation {
  kind: ViolationKind;
  /** The rule that was broken, in a few words, the same every time. */
  rule: string;
  /** What happened, with ids. */
  detail: string;
}

export type Report = (kind: ViolationKind, rule: string, detail: string) => void;
