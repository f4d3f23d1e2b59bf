using Intake.Host.Cli;

return await IntakeCommand.Run(args);
