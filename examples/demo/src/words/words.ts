type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** Where a call comes from and goes to. */
export type Route =
  | 'page'
  | 'page-shop'
  | 'page-bff'
  | 'shop-bff'
  | 'page-bank'
  | 'bff'
  | 'bff-bank'
  | 'bank-bff'
  | 'bank'
  | 'you';

/** Every sentence the panel can say. */
export type SentenceName =
  | 'ticket'
  | 'current_none'
  | 'current_found'
  | 'asks_public_token'
  | 'bank_public_token'
  | 'widget_ready'
  | 'tokenized'
  | 'tokenize_refused'
  | 'token_event'
  | 'asks_payout'
  | 'asks_payout_refused'
  | 'follows'
  | 'reads'
  | 'session_created'
  | 'token_info'
  | 'starts'
  | 'asks_status'
  | 'asks_confirm'
  | 'asks_cancel'
  | 'confirms'
  | 'cancels'
  | 'other_call'
  | 'bank_silent'
  | 'answer_lost'
  | 'state_created'
  | 'state_working'
  | 'state_ready'
  | 'state_paying'
  | 'state_paid'
  | 'state_failed'
  | 'state_cancelled'
  | 'state_error'
  | 'webhook'
  | 'webhook_again'
  | 'webhook_failed'
  | 'webhook_refused'
  | 'payout_now'
  | 'page_shows'
  | 'success_event'
  | 'failure_event'
  | 'error_event'
  | 'paid'
  | 'came_back'
  | 'shop_asks'
  | 'alarm'
  | 'stumbled'
  | 'killed'
  | 'bff_back'
  | 'webhooks_off'
  | 'webhooks_on';

export type StepText = { title: string; text: string };

export interface Words {
  title: string;
  skip: string;
  language: string;
  sandboxMark: string;
  week: string;
  balance: string;
  nothingOwed: string;
  deliveriesCount: Forms;
  tips: string;
  cashOut: string;
  cashOutOpen: string;
  cashOutTitle: string;
  close: string;
  deliveries: string;
  tip: string;
  payouts: string;
  payoutTo: string;
  statuses: Record<string, string>;
  chart: string;
  shopAway: string;
  tryAgain: string;
  footer: string;
  stage: {
    title: string;
    intro: string;
    empty: string;
    before: StepText;
    /** The bank's seven steps. */
    steps: readonly [StepText, StepText, StepText, StepText, StepText, StepText, StepText];
    attempt: string;
    cashOut: string;
    now: string;
    done: string;
    failed: string;
    times: string;
    lines: string;
    routes: Record<Route, string>;
    sentences: Record<SentenceName, string>;
  };
  accounts: {
    title: string;
    text: string;
    bik: string;
    copy: string;
    copied: string;
    ending: string;
    outcomes: Record<string, string>;
  };
  tools: {
    title: string;
    text: string;
    kill: string;
    killText: string;
    webhooks: string;
    webhooksText: string;
    week: string;
    weekText: string;
    ledger: string;
  };
}
