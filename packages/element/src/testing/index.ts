export type { FakeCall } from './backend.js';
export { createFakePayout, type FakePayout, type FakePayoutOptions } from './fake.js';
export { type InstalledFakePayout, installFakePayout } from './install.js';
export { type FakeRecipient, recipientOf } from './recipient.js';
export { type Call, failed, type Line, type Refusal, refused, type Scene } from './script.js';
export type { Owed } from './story.js';
