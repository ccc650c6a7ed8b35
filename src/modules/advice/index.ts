export { saveAnswers } from './answers.ts';
export { actionOf } from './decisions.ts';
export {
  closedCasesPath,
  figurePath,
  forecastPath,
  portfolioPath,
  simulationPath,
  timingPath,
  timingReleasePath,
} from './paths.ts';
export { type CompanyAdvice, companyAdvice, paramsFor, setFigure } from './settings.ts';
export { advisedSteps } from './steps.ts';
export { logTime } from './time-log.ts';
export { adviceWitness } from './witness.ts';
