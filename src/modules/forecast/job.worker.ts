import { parentPort, workerData } from 'node:worker_threads';
import { type ForecastJob, forecastNow } from './job.ts';

const answer = forecastNow(workerData as ForecastJob);
parentPort?.postMessage(answer, [answer.by.buffer, answer.days.buffer]);
