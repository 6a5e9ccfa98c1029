import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import type { B131SuccessEvent } from '@b131/element';
import '@b131/element/define';
import { getTicket } from './ticket';

/** Set by the build: `define` in angular.json. */
declare const PAYOUT_ENDPOINT: string;

@Component({
  selector: 'app-earnings',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>Your earnings</h1>
    <b131-payout [endpoint]="endpoint" [getTicket]="getTicket" (b131-success)="paid($event)"></b131-payout>
    <p role="status">{{ news() }}</p>
  `,
})
export class Earnings {
  readonly endpoint = PAYOUT_ENDPOINT;
  readonly getTicket = getTicket;
  readonly news = signal('');

  paid({ payout }: B131SuccessEvent): void {
    this.news.set(`Paid: ${payout.amount / 100} ${payout.currency}`);
  }
}
