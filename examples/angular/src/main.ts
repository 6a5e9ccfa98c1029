import { bootstrapApplication } from '@angular/platform-browser';
import { Earnings } from './earnings';

bootstrapApplication(Earnings).catch((error) => console.error(error));
