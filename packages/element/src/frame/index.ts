export type { WidgetContract, WidgetOverride } from '../widget/contract/contract.js';
export { correctContract, sandboxContract, widgetContracts } from '../widget/contract/presets.js';
export { type FrameOptions, type FramePage, framePage } from './page.js';
