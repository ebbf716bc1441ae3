// Loaded before each file of unit tests: a test that failed half-way may leave a server, and the file would never end.
import { after } from 'node:test';

const timeToReportMs = 5000;

after(() => {
  setTimeout(() => process.exit(), timeToReportMs).unref();
});
