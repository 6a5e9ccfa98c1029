export { type ObservedBff, type Telemetry, type TelemetryOptions, telemetry } from './telemetry.js';
