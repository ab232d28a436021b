export { type Job, type JobState, nextAttemptAt } from "./job.ts";
export { addJob, type NewJob } from "./job-rows.ts";
export { dropJob, type JobJson, type JobList, type ListJobsOptions, listJobs, retryJob } from "./list-jobs.ts";
export { type JobHandler, type JobResult, type JobRunner, type OutgoingMail, type Outside, runJob } from "./run-job.ts";
export { type DueJob, sweepJobs, takeDueJobs } from "./take-due-jobs.ts";
