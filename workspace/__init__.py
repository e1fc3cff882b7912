"""What users keep: scenes, projects, uploads, jobs and results, each with one owner."""
