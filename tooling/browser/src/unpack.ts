// Run as a program by carried.ts, with TMPDIR set to a private folder: the package unpacks to fixed names in
// the temporary folder and would otherwise take whatever already lies there, of whatever version.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
